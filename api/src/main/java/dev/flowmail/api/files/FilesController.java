package dev.flowmail.api.files;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.StoreUnavailableException;
import dev.flowmail.activities.attachments.StoredFile;
import dev.flowmail.activities.attachments.Tenants;
import dev.flowmail.activities.flow.FileDataRequest;
import dev.flowmail.activities.flow.MObject;
import dev.flowmail.activities.flow.ObjectDataResponse;
import dev.flowmail.activities.flow.Property;
import dev.flowmail.activities.flow.Who;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Flow's Files feature. Lists nothing, ever: one flow must not see another's files. */
@RestController
@RequestMapping("/api/email/1/file")
final class FilesController {

    private static final ObjectDataResponse NOTHING = ObjectDataResponse.of(List.of());

    private final AttachmentStore store;
    private final UploadReader uploads;

    FilesController(AttachmentStore store) {
        this.store = store;
        this.uploads = new UploadReader(store);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ObjectDataResponse list(@RequestBody FileDataRequest request) {
        return NOTHING;
    }

    @PostMapping(path = "/content", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ObjectDataResponse upload(HttpServletRequest request) {
        return ObjectDataResponse.of(
                uploads.read(request, tenants(Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)))).stream()
                        .map(FilesController::flowFile)
                        .toList());
    }

    @PostMapping(path = "/delete", consumes = MediaType.APPLICATION_JSON_VALUE)
    ObjectDataResponse delete(@RequestBody FileDataRequest request, @RequestHeader HttpHeaders headers)
            throws IOException {
        if (request.resourceFile() != null) {
            delete(tenants(headers.getOrEmpty(HttpHeaders.AUTHORIZATION)), request.resourceFile());
        }
        return NOTHING;
    }

    private void delete(Tenants by, String uploadId) throws IOException {
        try {
            store.delete(by, uploadId);
        } catch (StoreUnavailableException failure) {
            throw UploadReader.unavailable(failure);
        }
    }

    /** In file requests only the user's header names a tenant. */
    private static Tenants tenants(List<String> authorization) {
        return Tenants.of(Who.tenantId(authorization).stream());
    }

    /** Flow's own type: it has addresses only where a file can be fetched, which ours cannot. */
    private static MObject flowFile(StoredFile file) {
        return MObject.of(
                "$File",
                file.file(),
                List.of(
                        Property.text("Id", file.file()),
                        Property.text("Name", file.name()),
                        Property.text("Mime Type", file.mimeType()),
                        Property.text("Kind", "file"),
                        Property.text("Description", null),
                        Property.text("Download Uri", null),
                        Property.text("Embed Uri", null),
                        Property.text("Icon Uri", null),
                        Property.dateTime("Date Created", file.createdAt()),
                        Property.dateTime("Date Modified", file.createdAt())));
    }
}
