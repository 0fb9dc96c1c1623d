package dev.flowmail.activities.attachments;

import dev.flowmail.activities.network.ForwardProxy;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.workflows.mail.S3Bucket;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Fetches files from S3 buckets that callers name, with the caller's keys and no others: neither the server's environment
 * nor its cloud role is asked. Every connection is guarded. Safe for several threads.
 */
public final class Buckets implements AutoCloseable {

    private final BucketClients clients;

    public Buckets(NetworkGuard guard) {
        this(guard, null);
    }

    /** The same by way of a proxy, where there is one. */
    public Buckets(NetworkGuard guard, @Nullable ForwardProxy proxy) {
        this.clients = new BucketClients(guard, proxy);
    }

    /**
     * The object with a key. A store that wants the bucket's name in the host's name instead of the path, or the other way
     * round, is asked again in its way. What S3 refuses (no such object or bucket, keys, rights, region) is final; 5xx and a server
     * that cannot be reached are not.
     *
     * @param patience for all of it
     */
    public RemoteFile file(S3Bucket bucket, String key, Duration patience) {
        return receiver -> {
            long end = System.nanoTime() + patience.toNanos();
            boolean isInPath = bucket.endpoint() != null;
            try {
                get(bucket, key, isInPath, end, receiver);
            } catch (AwsServiceException answered) {
                S3Error error = S3Error.of(answered);
                if (!error.wantsOtherStyle()) {
                    throw BucketFaults.of(error);
                }
                getInOtherStyle(bucket, key, !isInPath, end, receiver);
            }
        };
    }

    private void getInOtherStyle(S3Bucket bucket, String key, boolean isInPath, long end, RemoteFile.Receiver receiver)
            throws IOException {
        try {
            get(bucket, key, isInPath, end, receiver);
        } catch (AwsServiceException answered) {
            throw BucketFaults.of(S3Error.of(answered));
        }
    }

    /** @param isInPath whether the bucket's name stands in the path instead of the host's name */
    private void get(S3Bucket bucket, String key, boolean isInPath, long end, RemoteFile.Receiver receiver)
            throws IOException {
        Duration patience = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        boolean isProxied = clients.isProxied(bucket);
        try (S3Client s3 = clients.client(bucket, isInPath, isProxied, patience);
                S3Stream object = S3Stream.open(s3, bucket.bucket(), key)) {
            GetObjectResponse head = object.head();
            boolean isPacked = Packing.isOf(head.contentEncoding(), head.contentType(), key);
            InputStream bytes = new Punctual(object, end);
            receiver.receive(
                    new RemoteFile.Head(
                            "S3", head.contentType(), head.contentDisposition(), isPacked ? -1 : object.size()),
                    isPacked ? Packing.unpacked(bytes) : bytes);
        } catch (AwsServiceException answered) {
            S3Error error = S3Error.of(answered);
            if (isProxied && error.hasNoMessage()) {
                throw FetchFailedException.forNow(
                        "the proxy in FLOWMAIL_NETWORK_PROXY, or S3 behind it, answered " + error.status());
            }
            throw answered;
        } catch (FetchFailedException | StoreUnavailableException | FileTooLargeException e) {
            throw e;
        } catch (SdkException | IOException lost) {
            throw BucketFaults.of(lost);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
