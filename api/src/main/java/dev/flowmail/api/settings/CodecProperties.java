package dev.flowmail.api.settings;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The codec endpoints.
 *
 * @param origins origins whose pages may call the codec, exact and comma-separated; the embedded UI's when not set
 */
public record CodecProperties(@DefaultValue List<String> origins) {

    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#@\\s]+");

    public CodecProperties {
        Rule.of("flowmail.codec.origins")
                .requires(
                        origins.stream().allMatch(ORIGIN.asMatchPredicate()),
                        "must be origins such as https://temporal.example.com, comma-separated and without a path.");
    }
}
