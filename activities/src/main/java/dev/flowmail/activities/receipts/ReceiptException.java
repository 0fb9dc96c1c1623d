package dev.flowmail.activities.receipts;

/** A receipt does not hold. The message is a sentence for whoever checks it. */
public final class ReceiptException extends Exception {

    private static final long serialVersionUID = 1L;

    ReceiptException(String sentence) {
        super(sentence);
    }
}
