package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrandTests {

    @TempDir
    private Path directory;

    @Test
    void mailsAndPagesShowNameColourLogoAndFooter() throws IOException {
        write("brand.properties", """
            name=Contoso & Söhne
            color=#7A1F3D
            logo=logo.png
            footer=Contoso Ltd, 1 Main Street\\nhttps://contoso.example/imprint
            footer_de=Contoso GmbH, Hauptstraße 1
            """);
        Files.write(directory.resolve("logo.png"), picture(480, 120, "png"));
        Brand brand = Brand.read(directory);

        RenderedMail mail = rendered(new DecisionMails(brand), Samples.mail("en", "Hello", null));
        Document html = Jsoup.parse(mail.html());
        Element logo = html.expectFirst("img");
        assertThat(logo.attr("src")).isEqualTo("cid:logo@flowmail");
        assertThat(logo.attr("alt")).isEqualTo("Contoso & Söhne");
        assertThat(logo.attr("width")).isEqualTo("160");
        assertThat(logo.attr("height")).isEqualTo("40");
        assertThat(mail.logo()).extracting(Logo::contentId, Logo::type).containsExactly("logo@flowmail", "image/png");
        assertThat(html.select(".fm-button").attr("style")).contains("background-color:#7a1f3d");
        assertThat(mail.html()).doesNotContain("1d5f8a", "8fc7ee");
        assertThat(html.text()).contains("Contoso Ltd, 1 Main Street", "https://contoso.example/imprint");
        assertThat(mail.text()).endsWith("\n\nContoso Ltd, 1 Main Street\nhttps://contoso.example/imprint\n");

        Pages pages = new Pages(brand, "");
        Document page = Jsoup.parse(pages.render(Samples.pages("de").get(0)));
        assertThat(page.expectFirst("header img").attr("src")).startsWith("data:image/png;base64,");
        assertThat(page.select("footer").text()).isEqualTo("Contoso GmbH, Hauptstraße 1");
        assertThat(page.title()).endsWith("· Contoso & Söhne");
        assertThat(page.select("style").outerHtml()).contains("--accent:#7a1f3d");
    }

    @Test
    void aNameWithoutALogoStandsInItsPlace() throws IOException {
        write("brand.properties", "name=Contoso");
        Brand brand = Brand.read(directory);

        RenderedMail mail = rendered(new DecisionMails(brand), Samples.mail("en", null, null));
        assertThat(Jsoup.parse(mail.html()).text()).contains("Contoso");
        assertThat(mail.logo()).isNull();
        assertThat(Jsoup.parse(new Pages(brand, "").render(Samples.pages("ja").get(0)))
                        .select("header")
                        .text())
                .isEqualTo("Contoso");
    }

    @Test
    void flowmailsOwnMailsNameNobody() {
        RenderedMail mail = rendered(new DecisionMails(Brand.FLOWMAIL), Samples.mail("en", "Hello", null));

        assertThat(mail.html()).doesNotContain("Flowmail", "<img");
    }

    @Test
    void aLanguageIsAddedAndWhatItLacksIsEnglish() throws IOException {
        write("messages_sv.properties", """
            confirm.title=Bekräfta ditt svar
            confirm.button=Bekräfta: {0}
            mail.heading=Vi behöver ditt beslut, d'accord?
            """);
        Brand brand = Brand.read(directory);

        Document page =
                Jsoup.parse(new Pages(brand, "").render(Samples.pages("sv-SE").get(0)));
        assertThat(page.expectFirst("html").attr("lang")).isEqualTo("sv");
        assertThat(page.text()).contains("Bekräfta ditt svar", "Bekräfta: Reject", "Or choose another answer");
        RenderedMail mail = rendered(new DecisionMails(brand), Samples.mail("sv-SE", null, null));
        assertThat(mail.text()).contains("Vi behöver ditt beslut, d'accord?", "tisdag", "Please choose one answer:");
    }

    @Test
    void shippedTextsAreOverriddenOneByOne() throws IOException {
        write("messages_en.properties", "confirm.title=Are you <sure> & certain?\nbrand=Contoso UK");
        write("messages_de.properties", "confirm.lead={0} fragt & wartet.");
        write("messages_he.properties", "close=תודה");
        write("brand.properties", "name=Contoso");
        Pages pages = new Pages(Brand.read(directory), "");

        Document english = Jsoup.parse(pages.render(Samples.pages("en").get(0)));
        assertThat(english.text()).contains("Are you <sure> & certain?", "Or choose another answer:");
        assertThat(english.select("header").text()).isEqualTo("Contoso UK");
        Document german = Jsoup.parse(pages.render(Samples.pages("de").get(0)));
        assertThat(german.text()).contains("Alice Example fragt & wartet.", "Bitte bestätigen Sie Ihre Antwort");
        assertThat(german.select("header").text()).isEqualTo("Contoso");
        Document hebrew = Jsoup.parse(pages.render(Samples.pages("he").get(0)));
        assertThat(hebrew.expectFirst("html").attr("dir")).isEqualTo("rtl");
        assertThat(hebrew.text()).contains("Are you <sure>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        brand.properties        | colour=#123456          | brand.properties: colour is not known; use name, color, logo, footer or footer_xx
        brand.properties        | footer_xx=Hello         | brand.properties: footer_xx is not known
        brand.properties        | name=                   | brand.properties: name must have 1 to 60 characters.
        brand.properties        | color=red               | color must be written #rrggbb, e.g. #0a5c36.
        brand.properties        | color=#ffcc00           | color #ffcc00 is too light: white text on it has a contrast of 1.5:1, and 4.5:1 is needed
        brand.properties        | logo=logo.png           | brand.properties: logo needs a name beside it
        brand.properties        | name=C\\nlogo=logo.png  | brand.properties: logo must name a file in
        brand.properties        | name=C\\nlogo=../x.png  | brand.properties: logo must name a file in
        brand.properties        | name=\\\\uZZZZ          | brand.properties is not a properties file
        messages.properties     | close=Bye               | messages.properties is not a file that Flowmail knows
        messages_xx.properties  | close=Bye               | messages_xx.properties is not a file that Flowmail knows
        messages_pt_BR.properties | close=Bye             | xx being a two-letter language code (ISO 639-1) such as sv.
        messages_sv.properties  | clsoe=Hej               | messages_sv.properties: there is no text called clsoe. Remove it.
        messages_sv.properties  | close=                  | messages_sv.properties: close is empty.
        messages_sv.properties  | mail.ask=Hej            | messages_sv.properties: mail.ask must hold {0} and no other braces. In English it is: {0} asks for your decision.
        messages_sv.properties  | close=Hej {0}           | messages_sv.properties: close must hold no braces.
        messages_sv.properties  | date={0} {1} UTC        | date must hold {0} and {1} and {2} and no other braces.
        messages_sv.properties  | mail.ask={0} {          | mail.ask must hold {0} and no other braces.
        """)
    void aMistakeIsNamedInOneSentence(String file, String content, String sentence) throws IOException {
        write(file, content.replace("\\n", "\n").replace("\\\\", "\\"));

        assertRefused(sentence);
    }

    @Test
    void aDirectoryThatIsNoneOrHoldsNothingIsRefused() throws IOException {
        assertRefused("holds neither brand.properties nor a messages_xx.properties");
        Files.delete(directory);
        assertRefused("is not a directory.");
        Files.createDirectory(directory);
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        Files.write(directory.resolve("messages_sv.properties"), "close=Hejdå".getBytes(StandardCharsets.ISO_8859_1));

        assertRefused("messages_sv.properties is not written in UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "jpeg"})
    void aLogoIsWhatMailProgramsShow(String format) throws IOException {
        logo(picture(20, 20, format));

        assertThat(Brand.read(directory).logo())
                .extracting(Logo::type, Logo::width, Logo::height)
                .containsExactly("image/" + format, 20, 20);
    }

    @Test
    void otherLogosAreRefused() throws IOException {
        logo("<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8));
        assertRefused("logo logo.png is not PNG, JPEG or GIF");
        logo(picture(20, 20, "bmp"));
        assertRefused("is not PNG, JPEG or GIF");
        logo(java.util.Arrays.copyOf(picture(20, 20, "png"), 12));
        assertRefused("cannot be read as a picture");
        logo(new byte[60_000]);
        assertRefused("has 60000 bytes; at most 50000 are possible");
        logo(picture(5_000, 1, "png"));
        assertRefused("is 5000 by 1 pixels; at most 4000 by 4000 are possible");
    }

    static long[] seeds() {
        return new Random(6).longs(500).toArray();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyColourIsEitherReadableInBothSchemesOrRefusedWithOneThatIs(long seed) {
        String colour = String.format(Locale.ROOT, "#%06x", new Random(seed).nextInt(0x1000000));
        Accent accent;
        try {
            accent = Accent.of(colour);
        } catch (BrandException refused) {
            assertThat(refused).hasMessageContaining("too light");
            accent = Accent.of(String.valueOf(refused.getMessage()).replaceFirst(".*(#[0-9a-f]{6}) would do\\.", "$1"));
        }

        assertThat(Contrast.ratio(accent.light(), "#ffffff")).isGreaterThanOrEqualTo(4.5);
        assertThat(Contrast.ratio(accent.light(), accent.lightSoft())).isGreaterThanOrEqualTo(4.5);
        assertThat(Contrast.ratio("#1a2530", accent.lightSoft())).isGreaterThanOrEqualTo(4.5);
        assertThat(Contrast.ratio(accent.dark(), "#1a2229")).isGreaterThanOrEqualTo(4.5);
        assertThat(Contrast.ratio(accent.dark(), accent.darkSoft())).isGreaterThanOrEqualTo(4.5);
        assertThat(Contrast.ratio(accent.dark(), "#0d1b26")).isGreaterThanOrEqualTo(4.5);
        assertThat(Contrast.ratio("#e7edf2", accent.darkSoft())).isGreaterThanOrEqualTo(4.5);
    }

    private void assertRefused(String sentence) {
        assertThatExceptionOfType(BrandException.class)
                .isThrownBy(() -> Brand.read(directory))
                .withMessageContaining(sentence);
    }

    private void logo(byte[] bytes) throws IOException {
        write("brand.properties", "name=Contoso\nlogo=logo.png");
        Files.write(directory.resolve("logo.png"), bytes);
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(directory.resolve(file), content);
    }

    private static byte[] picture(int width, int height, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, bytes);
        return bytes.toByteArray();
    }

    private static RenderedMail rendered(DecisionMails mails, WholeMail mail) {
        return mail.renderedBy(mails);
    }
}
