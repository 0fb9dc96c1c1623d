package dev.flowmail.activities.attachments;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object that arrives. Closing it early drops the connection: otherwise all that is left would be read. */
final class S3Stream extends FilterInputStream {

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
    public int read() throws IOException {
        int next = super.read();
        isAtEnd |= next < 0;
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        isAtEnd |= count < 0;
        return count;
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
