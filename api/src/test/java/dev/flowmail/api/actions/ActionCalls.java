package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.Tenants;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Calls the actions, and sees what is handed over to Temporal and kept. */
abstract class ActionCalls {
    static final String SIMPLE = "email-simple";

    static final String EMAIL = "email";

    static final String CHOICES = "email-choices";

    @LocalServerPort
    int port;

    @Autowired
    RecordingDispatcher dispatcher;

    @Autowired
    AttachmentStore store;

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
    }

    String upload(String name, String content) throws IOException {
        return uploadBy(Tenants.UNKNOWN, name, content);
    }

    String uploadBy(Tenants tenants, String name, String content) throws IOException {
        return store.upload(tenants, name, null, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))
                .file();
    }

    String kept(String requestId, String file) throws IOException {
        try (InputStream bytes = store.open(requestId, file)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void accept(String action, Samples request) {
        Answer answer = post(action, request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    Answer post(String action, Samples request) {
        return Http.post(port, path(action), request.json());
    }

    static String path(String action) {
        return "/api/email/1/actions/" + action;
    }
}
