package dev.flowmail.verification.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A deployer's name, colour, logo, footer and language, by files in a directory. */
@ExtendWith(EndToEnd.class)
class BrandIT {
    private static final Pattern PICTURE =
            Pattern.compile("Content-Type: image/png[\\s\\S]*?Content-ID: <logo@flowmail>[\\s\\S]*?\r"
                    + "?\n\r"
                    + "?\n"
                    + "([A-Za-z0-9+/=\\s]+)\r"
                    + "?\n"
                    + "--");

    private final World world;

    BrandIT(World world) {
        this.world = world;
    }

    @Test
    void mailsAndPagesAreInTheDeployersName() throws IOException {
        Path brand = world.directory("brand").toAbsolutePath();
        drawLogo(brand.resolve("contoso.png"));
        Files.writeString(brand.resolve("brand.properties"), """
            name=Contoso
            color=#7a1f3d
            logo=contoso.png
            footer=Contoso Ltd, 1 Main Street, Springfield
            footer_sv=Contoso AB, Storgatan 1, Stockholm
            """);
        Files.writeString(brand.resolve("messages_sv.properties"), """
            mail.heading=Vi behöver ditt beslut
            confirm.title=Bekräfta ditt svar
            confirm.button=Bekräfta: {0}
            """);
        Path directory = world.directory("branded");
        try (FlowmailProcess flowmail = new FlowmailProcess(
                        "flowmail-" + directory.getFileName(),
                        directory,
                        Map.of("FLOWMAIL_BRAND_DIRECTORY", brand.toString()));
                Browser browser = new Browser()) {
            flowmail.start();
            String anna = world.person("anna");
            String sven = world.person("sven");
            Flow flow = world.ask(flowmail.connector(), world.question(anna));
            world.ask(flowmail.connector(), world.question(sven).language("SV"));

            ReceivedMail mail = world.mailTo(anna);
            assertThat(mail.source()).contains("multipart/related");
            assertThat(mail.html()).contains("cid:logo@flowmail");
            assertThat(mail.text()).contains("Contoso Ltd, 1 Main Street, Springfield");
            Page page = browser.window(1280, 900, ColorScheme.LIGHT).newPage();
            page.setContent(mail.html().replace("cid:logo@flowmail", "data:image/png;base64," + picture(mail)));
            look(browser, page, "brand-mail");
            Browser.picture(page, "brand-mail", ColorScheme.LIGHT);

            page.navigate(mail.link("Approve").toString());
            assertThat(page.locator("footer")).hasText("Contoso Ltd, 1 Main Street, Springfield");
            assertThat((Integer) page.locator("header img").evaluate("image => image.naturalWidth"))
                    .as("the policy lets the logo be shown")
                    .isEqualTo(480);
            look(browser, page, "brand-confirm");

            page.navigate(world.mailTo(sven).link("Approve").toString());
            assertThat(page.locator("html")).hasAttribute("lang", "sv");
            assertThat(page).hasTitle(Pattern.compile("Bekräfta ditt svar"));
            assertThat(page.locator("main button").first()).hasText("Bekräfta: Approve");
            assertThat(page.locator("main")).containsText("Or choose another answer");
            assertThat(page.locator("footer")).hasText("Contoso AB, Storgatan 1, Stockholm");
            look(browser, page, "brand-confirm-sv");
            world.decide(anna, "Approve");
            world.lateAnswer(flow);
        }
    }

    private static void look(Browser browser, Page page, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : List.of(1280, 320)) {
                page.setViewportSize(width, 800);
                browser.assertPeace(page);
                browser.assertNoBarriers(page);
                Browser.keep(page, name + "-" + width + "-" + scheme, true);
            }
        }
    }

    private static String picture(ReceivedMail mail) {
        Matcher picture = PICTURE.matcher(mail.source());
        assertThat(picture.find()).as(mail.source()).isTrue();
        return picture.group(1).replaceAll("\\s", "");
    }

    private static void drawLogo(Path file) throws IOException {
        BufferedImage image = new BufferedImage(480, 120, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(0x7a1f3d));
        graphics.fillOval(10, 10, 100, 100);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 68));
        graphics.drawString("contoso", 130, 84);
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
    }
}
