package dev.flowmail.activities.attachments;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowmail.activities.network.HeaderText;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.core5.http.HeaderElement;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicHeaderValueParser;
import org.apache.hc.core5.http.message.ParserCursor;
import org.apache.hc.core5.net.PercentCodec;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Content-Disposition} (RFC 6266) as far as it is of use.
 *
 * @param isAttachment whether its sender means a file, not a page to look at
 * @param name what its sender calls the file: {@code filename*} (RFC 8187) before {@code filename}; empty without one
 */
record Disposition(boolean isAttachment, Optional<String> name) {

    private static final Map<String, java.nio.charset.Charset> CHARSETS =
            Map.of("utf-8", UTF_8, "iso-8859-1", ISO_8859_1);

    private static final Pattern PERCENT_ENCODED = Pattern.compile("(?=.*%)(?:[ -~&&[^%]]|%[0-9A-Fa-f]{2})*");

    static Disposition of(@Nullable String header) {
        if (header == null) {
            return new Disposition(false, Optional.empty());
        }
        HeaderElement element =
                BasicHeaderValueParser.INSTANCE.parseHeaderElement(header, new ParserCursor(0, header.length()));
        Optional<String> name = parameter(element, "filename*")
                .flatMap(Disposition::extended)
                .or(() -> parameter(element, "filename").map(Disposition::plain))
                .filter(text -> !text.isBlank());
        return new Disposition("attachment".equalsIgnoreCase(element.getName()), name);
    }

    private static Optional<String> parameter(HeaderElement element, String name) {
        return Stream.of(element.getParameters())
                .filter(parameter -> name.equalsIgnoreCase(parameter.getName()))
                .map(NameValuePair::getValue)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst();
    }

    /** In no standard's form, but in those that there are: as it is, in encoded words (RFC 2047), percent-encoded. */
    private static String plain(String value) {
        String text = HeaderText.decode(value);
        if (PERCENT_ENCODED.matcher(text).matches()) {
            return PercentCodec.decode(text, UTF_8);
        }
        try {
            return MimeUtility.decodeText(text);
        } catch (UnsupportedEncodingException unknown) {
            return text;
        }
    }

    /** {@code charset'language'percent-encoded}. */
    private static Optional<String> extended(String value) {
        String[] parts = value.split("'", 3);
        return parts.length < 3
                ? Optional.empty()
                : Optional.ofNullable(CHARSETS.get(parts[0].toLowerCase(Locale.ROOT)))
                        .map(charset -> PercentCodec.decode(parts[2], charset));
    }
}
