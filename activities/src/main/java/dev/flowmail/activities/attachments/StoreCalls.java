package dev.flowmail.activities.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.io.input.ProxyInputStream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** Calls to the operator's own bucket: whatever fails but an object that is not there is the store's failure. */
final class StoreCalls {
    private StoreCalls() {}

    /** Empty where there is no such object. */
    static <T> Optional<T> found(Supplier<T> call) throws StoreUnavailableException {
        try {
            return Optional.of(call.get());
        } catch (NoSuchBucketException noBucket) {
            throw unavailable(noBucket);
        } catch (AwsServiceException answered) {
            if (answered.statusCode() == 404) {
                return Optional.empty();
            }
            throw unavailable(answered);
        } catch (SdkException unreachable) {
            throw unavailable(unreachable);
        }
    }

    static <T> T inS3(Supplier<T> call) throws StoreUnavailableException {
        try {
            return call.get();
        } catch (SdkException failure) {
            throw unavailable(failure);
        }
    }

    private static StoreUnavailableException unavailable(SdkException failure) {
        return new StoreUnavailableException(new IOException(
                failure instanceof AwsServiceException answered
                        ? S3Error.of(answered).inWords()
                        // the library's own words name the host at most
                        : "S3 cannot be reached: " + failure.getMessage()));
    }

    /** An object that S3 has promised: that it breaks off is the store's failure, not its reader's. */
    static InputStream arriving(InputStream object) {
        return new ProxyInputStream(object) {
            @Override
            protected void handleIOException(IOException brokenOff) throws IOException {
                throw new StoreUnavailableException(brokenOff);
            }
        };
    }
}
