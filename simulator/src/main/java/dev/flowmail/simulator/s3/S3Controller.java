package dev.flowmail.simulator.s3;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where the addresses of {@link S3Connector} lead. */
@RestController
class S3Controller {
    private final S3Connector s3;

    S3Controller(S3Connector s3) {
        this.s3 = s3;
    }

    /** 403 once the address has expired, as S3 answers. */
    @GetMapping(S3Connector.PATH + "{*key}")
    ResponseEntity<byte[]> object(@PathVariable String key, @RequestParam(defaultValue = "0") long until) {
        return s3.fetch(key.substring(1), until)
                .map(bytes -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .body(bytes))
                .orElseGet(() -> ResponseEntity.status(HttpStatus.FORBIDDEN).build());
    }
}
