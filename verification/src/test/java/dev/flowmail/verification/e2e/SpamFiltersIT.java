package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.Command;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.simulator.inbox.ReceivedMail;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SpamAssassin's local rules make of the mails. */
@ExtendWith(EndToEnd.class)
class SpamFiltersIT {
    /** Its points, and its name. */
    private static final Pattern RULE = Pattern.compile("(?m)^ *(-?[0-9.]+) ([A-Z][A-Z0-9_]+) ");

    private final World world;

    SpamFiltersIT(World world) {
        this.world = world;
    }

    @BeforeAll
    static void isThere() {
        assertThat(System.getenv("PATH").split(":"))
                .as("SpamAssassin is not on the PATH; ./flowmail test installs it, by hand: apt-get install"
                        + " spamassassin")
                .anyMatch(directory -> new File(directory, "spamassassin").canExecute());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EN", "DE", "FR", "ES", "PT", "JA", "AR"})
    void aDecisionMailHitsNoRuleThatCounts(String language) throws IOException {
        String anna = world.person("anna");
        world.ask(question(anna).html("<p>May we order <b>ten</b> chairs?</p>").language(language));

        assertHarmless(world.mailTo(anna));
    }

    @Test
    void aReminderHitsNone() throws IOException {
        String anna = world.person("anna");
        world.ask(question(anna).text("Remind Every", "2 seconds"));
        World.patiently().until(() -> world.inbox.mailsTo(anna).size() > 1);

        assertHarmless(world.inbox.mailsTo(anna).get(1));
    }

    @Test
    void theMailWithAFreshCodeHitsNone() throws IOException {
        String anna = world.person("anna");
        world.ask(question(anna).text("Proof", "all"));
        world.confirmed(() -> world.recipient.submit(world.open(anna, "Approve")));
        World.patiently().until(() -> world.inbox.mailsTo(anna).size() > 1);

        assertHarmless(world.inbox.mailsTo(anna).get(1));
    }

    private ServiceRequest question(String recipient) {
        return world.question(recipient).body("May we order ten chairs?");
    }

    private static void assertHarmless(ReceivedMail mail) throws IOException {
        String report = report(mail);
        List<MatchResult> rules = RULE.matcher(report).results().toList();

        assertThat(rules)
                .as(report)
                .extracting(rule -> rule.group(1))
                .isNotEmpty()
                .containsOnly("0.0");
    }

    private static String report(ReceivedMail mail) throws IOException {
        String output = new Command("spamassassin", "-L", "-t")
                .reading(mail.source().getBytes(ISO_8859_1))
                .run()
                .output();
        return output.substring(output.lastIndexOf("Content analysis details:"));
    }
}
