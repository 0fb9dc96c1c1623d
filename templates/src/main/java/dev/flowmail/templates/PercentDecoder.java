package dev.flowmail.templates;

import java.util.function.IntConsumer;

/**
 * Takes one layer of percent-encoding (RFC 3986, 2.1) off a stream of characters, as UTF-8. What is no such encoding passes
 * unchanged; what it hides is folded as if it had stood there.
 */
final class PercentDecoder implements IntConsumer {

    private static final int BROKEN = 0xFFFD;

    private final IntConsumer next;
    private final IntConsumer folded;
    /** How many characters of an encoding were seen: the sign, then a digit. */
    private int seen;

    private int firstDigit;
    private int missingBytes;
    private int codePoint;

    PercentDecoder(IntConsumer next) {
        this.next = next;
        this.folded = new AddressFolding(next);
    }

    @Override
    public void accept(int character) {
        if (seen == 0) {
            if (character == '%') {
                seen = 1;
            } else {
                pass(character);
            }
            return;
        }
        int digit = character < 0x80 ? Character.digit(character, 16) : -1;
        if (digit < 0) {
            flush();
            accept(character);
        } else if (seen == 1) {
            seen = 2;
            firstDigit = character;
        } else {
            seen = 0;
            decoded((Character.digit(firstDigit, 16) << 4) | digit);
        }
    }

    /** Hands on what it still holds, and is as new. */
    void end() {
        flush();
        endCharacter();
    }

    private void flush() {
        int held = seen;
        seen = 0;
        if (held > 0) {
            pass('%');
        }
        if (held > 1) {
            pass(firstDigit);
        }
    }

    private void pass(int character) {
        endCharacter();
        next.accept(character);
    }

    private void decoded(int octet) {
        if (missingBytes > 0 && octet >> 6 == 0b10) {
            codePoint = (codePoint << 6) | (octet & 0x3f);
            missingBytes--;
            if (missingBytes == 0) {
                folded.accept(Character.isValidCodePoint(codePoint) ? codePoint : BROKEN);
            }
            return;
        }
        endCharacter();
        if (octet < 0x80) {
            folded.accept(octet);
        } else if (octet >> 5 == 0b110) {
            begin(1, octet & 0x1f);
        } else if (octet >> 4 == 0b1110) {
            begin(2, octet & 0x0f);
        } else if (octet >> 3 == 0b11110) {
            begin(3, octet & 0x07);
        } else {
            next.accept(BROKEN);
        }
    }

    private void begin(int bytes, int bits) {
        missingBytes = bytes;
        codePoint = bits;
    }

    private void endCharacter() {
        if (missingBytes > 0) {
            missingBytes = 0;
            next.accept(BROKEN);
        }
    }
}
