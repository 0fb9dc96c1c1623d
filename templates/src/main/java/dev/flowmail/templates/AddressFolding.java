package dev.flowmail.templates;

import java.text.Normalizer;
import java.util.function.IntConsumer;

/**
 * Hands on the characters of an address as browsers and mail readers take them, one after the other: what nobody sees is
 * gone, look-alikes that mean the same (UTS 46: full width, ideographic dots, ligatures) are their plain ones, all in small
 * letters and decomposed.
 */
final class AddressFolding implements IntConsumer {

    private static final int IDEOGRAPHIC_FULL_STOP = 0x3002;

    private static final int MOST_KNOWN = 256;
    private static final int LONGEST = 4;
    private static final int[] UNKNOWN = {0xFFFD};

    private final int[] known = new int[MOST_KNOWN];
    private final int[][] decompositions = new int[MOST_KNOWN][];
    private final IntConsumer next;

    AddressFolding(IntConsumer next) {
        this.next = next;
    }

    /** A whole text, folded. */
    static String of(String text) {
        StringBuilder folded = new StringBuilder();
        text.codePoints().forEach(new AddressFolding(folded::appendCodePoint));
        return folded.toString();
    }

    @Override
    public void accept(int character) {
        if (character < 0x80) {
            single(character);
            return;
        }
        if (Characters.isUnseen(character)) {
            return;
        }
        for (int plain : decomposed(character)) {
            single(plain);
        }
    }

    private int[] decomposed(int character) {
        int index = character % MOST_KNOWN;
        if (known[index] != character) {
            int[] plain = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKD)
                    .codePoints()
                    .toArray();
            known[index] = character;
            // whole words in one character (U+FDFA) stand in no address
            decompositions[index] = plain.length > LONGEST ? UNKNOWN : plain;
        }
        return decompositions[index];
    }

    private void single(int character) {
        if (character == IDEOGRAPHIC_FULL_STOP) {
            next.accept('.');
        } else if (!Character.isWhitespace(character) && !Character.isISOControl(character)) {
            next.accept(Character.toLowerCase(character));
        }
    }
}
