package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;

/** Every function that a caller's text goes through, with the longest of the nastiest texts. */
@Tag("load")
@Execution(CONCURRENT)
class NastyTextTests {

    /** What takes time by the square of this never ends. */
    private static final int LENGTH = 300_000;

    private static final int LARGEST = 10_000_000;
    private static final List<String> WORST = List.of("\n", "a", "<p>", "&", "\ufdfa", "color-scheme:", "a{", "%25");
    private static final Duration SECONDS = Duration.ofSeconds(30);
    private static final String[] REPEATS = {
        "\n",
        "\r\n",
        " \n",
        " ",
        "\t \n",
        "a\n\n",
        "a",
        "/",
        "%",
        "%25",
        "%e3",
        "%E3%80%82",
        "&",
        "&amp;",
        "&amp",
        "<",
        "<b>",
        "<p>",
        "<a href=x>",
        "</p>",
        "<!--",
        "<table><td>",
        "<b style='color-scheme:dark'>x</b>",
        "<img src='data:,' alt=x>",
        "<img src='data:image/png;base64,AAAA'>",
        "src='data:image/",
        "<pre>\n",
        "\\",
        "\\a",
        "\\75rl(",
        "color-scheme:",
        "display:",
        "display : none;",
        "prefers-color-scheme",
        "/*",
        "*/",
        "'",
        "\"",
        "(",
        "url(",
        "[",
        "{",
        "}",
        "a{",
        "a{}",
        "a{b:c}",
        "@media x{",
        "@media x{a{b:c}}",
        ";",
        ",",
        ":",
        "html body > ",
        "a,",
        "mail.example.com",
        "https://mail.example.com/flowmail/decide",
        "https://mail.example.com/flowmail/decide/x ",
        "mail.example.comail.",
        "/decid",
        "-",
        "@",
        "a@",
        ".",
        "\ufdfa",
        "\u3002",
        "\u200b",
        "\u0301",
        "\u202e",
        "\ud83d\udc4d",
        "\ud83d",
        "東京",
        "مرحبا ",
        "\ue000",
        "\u0000",
    };

    private final DecideLinks decideLinks = new DecideLinks(Samples.PUBLIC_URL);
    private final DecisionMails mails = new DecisionMails(Brand.FLOWMAIL);
    private final Words words = new Templates(Brand.FLOWMAIL).words(Locale.ENGLISH);

    @TestFactory
    Stream<DynamicTest> everyTextFunctionTakesTheLongestOfTheNastiestTextsWithinSeconds() {
        return functions().entrySet().stream()
                .flatMap(function -> Stream.of(REPEATS)
                        .map(repeat -> DynamicTest.dynamicTest(
                                function.getKey() + " of " + codePoints(repeat),
                                () -> assertQuick(function.getValue(), repeat, LENGTH))));
    }

    private Map<String, Consumer<String>> functions() {
        Map<String, Consumer<String>> functions = new LinkedHashMap<>();
        functions.put("a text body", text -> rendered(mails, Samples.mail("en", text, null)));
        functions.put("an HTML body", text -> rendered(mails, Samples.mail("en", null, text)));
        functions.put("a style sheet", text -> CallerHtml.of("<style>" + text + "</style>", decideLinks));
        functions.put("a block of styles", text -> CallerHtml.of("<style>a{" + text + "}</style>", decideLinks));
        functions.put("a style", text -> CssDeclarations.ofAttribute(text, decideLinks::in));
        functions.put("the text of HTML", PlainText::of);
        functions.put("a line", words::line);
        functions.put("an isolated line", words::isolated);
        functions.put("a plain mail", text -> CallerBodies.plain(null, text));
        functions.put("plain or not", text -> TextBody.isPlain(text));
        functions.put("references", TextBody::unescaped);
        return functions;
    }

    private static String codePoints(String text) {
        return text.codePoints().mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
    }

    @TestFactory
    Stream<DynamicTest> tenMegabytesAreNoProblem() {
        return WORST.stream()
                .flatMap(repeat -> functions().entrySet().stream()
                        .map(function -> DynamicTest.dynamicTest(
                                function.getKey() + " of " + repeat,
                                () -> assertQuick(function.getValue(), repeat, LARGEST))));
    }

    private static void assertQuick(Consumer<String> function, String repeat, int length) {
        String text = repeat.repeat(length / repeat.length());
        assertTimeout(SECONDS, () -> assertThatCode(() -> function.accept(text)).doesNotThrowAnyException());
    }

    private static RenderedMail rendered(DecisionMails mails, WholeMail mail) {
        return mail.renderedBy(mails);
    }
}
