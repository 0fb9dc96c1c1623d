package dev.flowmail.api.edge;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/** Reads strings; half a surrogate pair, which JSON can spell and UTF-8 cannot, becomes U+FFFD. */
final class WellFormedText extends StringDeserializer {

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        String text = super.deserialize(parser, context);
        for (int index = 0; index < text.length(); index++) {
            if (Character.isSurrogate(text.charAt(index))) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
                .map(character -> character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE
                        ? 0xFFFD
                        : character)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }
}
