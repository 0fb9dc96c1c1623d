package dev.flowmail.activities.attachments;

import java.io.IOException;
import java.util.Optional;
import org.apache.commons.io.input.ProxyInputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object that arrives. Closing it early drops the connection: otherwise all that is left would be read. */
final class S3Stream extends ProxyInputStream {

    private final ResponseInputStream<GetObjectResponse> object;
    private boolean isAtEnd;

    private S3Stream(ResponseInputStream<GetObjectResponse> object) {
        super(object);
        this.object = object;
    }

    static S3Stream open(S3Client s3, String bucket, String key) {
        return new S3Stream(s3.getObject(request -> request.bucket(bucket).key(key)));
    }

    GetObjectResponse head() {
        return object.response();
    }

    /** In bytes; -1 when the server does not say. */
    long size() {
        return Optional.ofNullable(head().contentLength()).orElse(-1L);
    }

    @Override
    protected void afterRead(int count) {
        isAtEnd |= count < 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (isAtEnd) {
            object.close();
        } else {
            object.abort();
        }
    }
}
