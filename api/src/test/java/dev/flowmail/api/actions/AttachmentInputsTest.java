package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Attachment.Location;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What becomes of the files that a request names. */
@WireTest
class AttachmentInputsTest {
    private static final String EMAIL = "email";
    private static final String URI = "https://files.example.com/a";

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "Invoice 03/2026.pdf, Invoice 03_2026.pdf",
        "a\\b.pdf, a_b.pdf",
        "../../etc/passwd, .._.._etc_passwd",
        "Angebot.pdf, Angebot.pdf",
    })
    void aSlashInANameBelongsToIt(String given, String name) {
        assertThat(attachment(Samples.of(EMAIL).attachment("Download Uri", URI, "Name", given))
                        .name())
                .isEqualTo(name);
    }

    @Test
    void aLongNameIsCutBeforeItsExtension() {
        Samples request = Samples.of(EMAIL).attachment("Download Uri", URI, "Name", "x".repeat(300) + ".pdf");

        assertThat(attachment(request).name()).hasSize(255).endsWith("x.pdf");
    }

    @ParameterizedTest
    @CsvSource({
        "https://files.example.com/Offer 4711.pdf, https://files.example.com/Offer%204711.pdf, Offer 4711.pdf",
        "https://files.example.com/a|b.pdf, https://files.example.com/a%7Cb.pdf, a|b.pdf",
        "https://files.example.com/100%.pdf, https://files.example.com/100%25.pdf, 100%.pdf",
        "https://my_bucket.s3.amazonaws.com/x.pdf, https://my_bucket.s3.amazonaws.com/x.pdf, x.pdf",
        "https://files.example.com/Übersicht.pdf?s=ü, https://files.example.com/%C3%9Cbersicht.pdf?s=%C3%BC,"
                + " Übersicht.pdf",
        "https://files.example.com/a/, https://files.example.com/a/, file",
    })
    void aDownloadUriIsTakenAsPeopleWriteIt(String given, String address, String name) {
        Attachment attachment = attachment(Samples.of(EMAIL).attachment("Download Uri", given));

        assertThat(attachment).isEqualTo(new Attachment(name, null, Location.DOWNLOAD, address, true));
    }

    @ParameterizedTest
    @CsvSource({
        // in the path, at the endpoint
        "https://s3.example.com, https://s3.example.com/bucket/2026/a%20b.pdf?X-Amz-Expires=300, , id, 2026/a b.pdf",
        "https://s3.example.com/, https://S3.example.com:443/bucket/a+b.pdf, , id, a+b.pdf",
        "https://s3.example.com/storage/v1, https://s3.example.com/storage/v1/bucket/a.pdf, , id, a.pdf",
        "https://s3.example.com, https://s3.example.com/Bucket/a.pdf, , id, id",
        "https://s3.example.com, https://elsewhere.example.com/bucket/a.pdf, , id, id",
        // as the host's first label
        "https://s3.example.com, https://bucket.s3.example.com/files/%C3%BC.pdf, , id, files/ü.pdf",
        "https://s3.example.com, https://bucket.other.example.com/a/b.pdf, , id, a/b.pdf",
        // Amazon's own
        ", https://s3.eu-central-1.amazonaws.com/bucket/path/uuid, , id, path/uuid",
        ", https://s3-eu-west-1.amazonaws.com/bucket/path/uuid, , id, path/uuid",
        ", https://s3.amazonaws.com/bucket/path/uuid, , id, path/uuid",
        ", https://bucket.s3.eu-central-1.amazonaws.com/path/uuid?X-Amz-Signature=x, , id, path/uuid",
        // the embed address goes before the download address, that before the id
        ", https://bucket.s3.amazonaws.com/embed, https://bucket.s3.amazonaws.com/download, id, embed",
        ", https://cdn.example.com/embed, https://bucket.s3.amazonaws.com/download, id, download",
        ", , https://bucket.s3.amazonaws.com/download, , download",
        ", nonsense, https://bucket.s3.amazonaws.com/, id, id",
        ", https://s3.amazonaws.com/bucket, , id, id",
        ", , , 2026/a%20b.pdf, 2026/a%20b.pdf",
    })
    void anObjectsKeyStandsInItsAddressesThatNameTheBucketElseItIsTheId(
            @Nullable String endpoint,
            @Nullable String embedUri,
            @Nullable String downloadUri,
            @Nullable String id,
            String key) {
        Samples request = Samples.inBucket(EMAIL, endpoint)
                .attachment("Id", id, "Embed Uri", embedUri, "Download Uri", downloadUri, "Name", "name.pdf");

        assertThat(attachment(request)).isEqualTo(new Attachment("name.pdf", null, Location.S3, key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Embed Uri", "Download Uri"})
    void withoutAKeyAnObjectIs400(String property) {
        Answer answer =
                post(Samples.inBucket(EMAIL, null).attachment(property, "https://elsewhere.example.com/bucket/a"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message())
                .startsWith("Attachments, file 1")
                .contains("Id", "Embed Uri", "Download Uri", "bucket");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Attachments: S3 Bucket",
                "Attachments: S3 Region",
                "Attachments: S3 Access Key",
                "Attachments: S3 Secret Key"
            })
    void withoutBucketRegionOrKeysS3Is400(String value) {
        Answer answer =
                post(Samples.inBucket(EMAIL, null).configuration(value, " ").attachment("Id", "a"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"box", "Box", "ftp"})
    void anotherSourceIs400(String source) {
        Answer answer = post(Samples.of(EMAIL).configuration("Attachments: Source", source));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith("Attachments: Source");
    }

    @Test
    void anEndpointWithAnUnderscoreIs400() {
        Answer answer =
                post(Samples.inBucket(EMAIL, "https://my_store.example.com").attachment("Id", "a"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith("Attachments: S3 Endpoint").contains("underscore");
    }

    private Attachment attachment(Samples request) {
        Answer answer = post(request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return dispatcher.mail().attachments().get(0);
    }

    private Answer post(Samples request) {
        return Http.post(port, "/api/email/1/actions/" + EMAIL, request.json());
    }
}
