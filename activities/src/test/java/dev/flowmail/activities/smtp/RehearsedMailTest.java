package dev.flowmail.activities.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsedMailTest {
    @Test
    void itIsComposedAndGoesNowhere() throws Exception {
        List<String> dialled = new ArrayList<>();
        try (Rig rig = Rig.guardedBy((host, port) -> {
            dialled.add(host);
            return Rig.loopback(host, port);
        })) {
            rig.rehearse();
            assertThat(rig.heartbeats).isEmpty();
        }
        assertThat(dialled).isEmpty();
    }
}
