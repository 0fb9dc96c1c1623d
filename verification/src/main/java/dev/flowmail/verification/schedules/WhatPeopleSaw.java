package dev.flowmail.verification.schedules;

import dev.flowmail.verification.schedules.Ending.Given;
import dev.flowmail.verification.schedules.Facts.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people were answered, were mailed and can see is true. */
record WhatPeopleSaw(Facts facts, Ending ending, Faults faults) {
    /** A mail that begins later after Flow was told than this, and than the first one took anyway, should not have begun. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

    void judge() {
        nobodyIsIgnored();
        nobodyIsMailedAfterTheEnd();
        pagesSayTheEnd();
    }

    private void nobodyIsIgnored() {
        List<Given> answers = ending.answers();
        for (Click click : facts.clicks()) {
            Given given = new Given(click.address(), click.outcome());
            faults.require(
                    !(click.isAskedForCode() && click.how() == Click.How.CODE),
                    given + " was asked for a code though it came with one");
            if (click.isRecorded()) {
                faults.require(
                        answers.contains(given) || facts.clicks().stream().anyMatch(other -> mayReplace(other, click)),
                        given + " was told that it is recorded, and the answers are " + answers);
            } else if (click.isRefused() && facts.clicks().stream().noneMatch(other -> mayCount(other, click))) {
                faults.require(!answers.contains(given), given + " was told that it does not count, and it does");
            }
        }
    }

    /** Whether another click may have put another answer in the place of the one that was recorded. */
    private static boolean mayReplace(Click other, Click recorded) {
        return other.how() == Click.How.CHANGE
                && other.address().equals(recorded.address())
                && !other.outcome().equals(recorded.outcome())
                && !other.isRefused()
                && !other.answered().isBefore(recorded.begun());
    }

    /** Whether another click with the same answer may be the one that counts. */
    private static boolean mayCount(Click other, Click refused) {
        return other.address().equals(refused.address())
                && other.outcome().equals(refused.outcome())
                && !other.isRefused();
    }

    private void nobodyIsMailedAfterTheEnd() {
        if (facts.told().isEmpty()) {
            return;
        }
        Instant last = facts.told().get(0).at().plus(ON_ITS_WAY).plus(usualDelay());
        for (Sent mail : facts.mails()) {
            faults.require(
                    !mail.begun().isAfter(last),
                    mail.address() + " was mailed "
                            + Duration.between(facts.told().get(0).at(), mail.begun())
                                    .toMillis()
                            + " ms after Flow was told");
        }
    }

    /** How long mails take on a machine as busy as this one. */
    private Duration usualDelay() {
        return facts.mails().stream()
                .map(mail -> Duration.between(facts.accepted(), mail.begun()))
                .min(Comparator.naturalOrder())
                .filter(delay -> !delay.isNegative())
                .orElse(Duration.ZERO);
    }

    private void pagesSayTheEnd() {
        String status = ending.status();
        @Nullable String outcome = ending.outcome();
        facts.pages().forEach((address, page) -> {
            boolean isRecipient = ending.isRecipient(address);
            int expected = status.equals("Decided") && isRecipient ? 200 : 410;
            faults.require(
                    page.status() == expected, address + "'s page answers " + page.status() + " when it is " + status);
            faults.require(!page.asks(), address + "'s page still asks");
            faults.require(
                    !isRecipient || outcome == null || page.text().contains(outcome),
                    address + "'s page does not say " + outcome + ", but " + page.text());
        });
    }
}
