package dev.flowmail.api.receipts;

import dev.flowmail.activities.receipts.Receipts;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public halves of the keys that sign receipts, those rotated away included, as a JWK set (RFC 7517). For anyone. */
@RestController
final class JwksController {

    private static final MediaType JWK_SET = MediaType.parseMediaType("application/jwk-set+json");
    private static final Duration KEPT = Duration.ofHours(1);

    private final String keys;

    JwksController(Receipts receipts) {
        this.keys = receipts.published().toString(true);
    }

    @GetMapping("/.well-known/jwks.json")
    ResponseEntity<String> keys() {
        return ResponseEntity.ok()
                .contentType(JWK_SET)
                .cacheControl(CacheControl.maxAge(KEPT).cachePublic())
                .body(keys);
    }
}
