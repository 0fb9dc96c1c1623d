package dev.flowmail.workflows.receipt;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** Signs receipts. */
@ActivityInterface
public interface ReceiptActivities {

    /**
     * A receipt of how a request ended, as a compact JWS (RFC 7515, ES256); null where no key is set. Touches nothing outside,
     * and gives another string each time: the caller keeps the first.
     */
    @ActivityMethod(name = "SignReceipt")
    @Nullable
    String sign(ReceiptFacts facts);
}
