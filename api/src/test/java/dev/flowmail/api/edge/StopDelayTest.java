package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.WireTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WireTest
class StopDelayTest {
    @LocalServerPort
    private int port;

    @Autowired
    private StopDelay stop;

    @Test
    void whoIsAnsweredDuringAStopIsToldToConnectElsewhereNextTime() {
        assertThat(answer().header("Connection")).isEmpty();

        stop.stop();
        try {
            assertThat(answer().header("Connection")).contains("close");
        } finally {
            stop.start();
        }
    }

    private Http.Answer answer() {
        Http.Answer answer = Http.get(port, "/api/email/1/health");
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }
}
