package dev.flowmail.verification.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.verification.bench.Figure.Goal;
import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void aGoalIsJudgedByTheMedianOfTheRounds() {
        Figure figure = new Figure("decisions a second", "", Goal.ratioAtLeast(1));
        for (double[] round : new double[][] {{10, 20}, {30, 20}, {25, 20}}) {
            figure.flowmail(round[0]);
            figure.bare(round[1]);
        }

        assertThat(figure.compared()).contains(1.25);
        assertThat(figure.isMet()).contains(true);
        assertThat(figure.row())
                .contains("25.0")
                .contains("20.0")
                .contains("1.25")
                .endsWith("met");
    }

    @Test
    void aMissedGoalIsSaid() {
        Figure figure = new Figure("CPU", "ms", Goal.ratioAtMost(2));
        figure.flowmail(50);
        figure.bare(20);

        assertThat(figure.isMet()).contains(false);
        assertThat(figure.row()).endsWith("MISSED");
    }

    @Test
    void aGoalOfFlowmailsOwnNeedsNoCounterpart() {
        Figure figure = new Figure("pages, p95", "ms", Goal.atMost(1_000));
        figure.flowmail(300);

        assertThat(figure.isMet()).contains(true);
        assertThat(figure.row()).contains("<= 1000").endsWith("met");
    }

    @Test
    void theSpreadIsHowFarTheRoundsAreApart() {
        Figure figure = new Figure("decisions a second", "");
        assertThat(figure.spread(Side.FLOWMAIL)).isZero();
        for (double round : new double[] {20, 25, 18}) {
            figure.flowmail(round);
        }

        assertThat(figure.spread(Side.FLOWMAIL)).isEqualTo(0.35);
        assertThat(figure.row()).contains("35 %");
    }

    @Test
    void percentilesAreInterpolated() {
        double[] values = {4, 1, 3, 2};

        assertThat(Figure.percentile(values, 50)).isEqualTo(2.5);
        assertThat(Figure.percentile(values, 100)).isEqualTo(4);
        assertThat(Figure.percentile(new double[0], 50)).isZero();
    }

    @Test
    void theHeapIsTheSumOfItsSpaces() {
        String jstat = """
                S0C         S1C         S0U         S1U          EC           EU           OC           OU
                 0.0      1024.0         0.0      1024.0     13312.0      2048.0    249856.0      7168.0
            """;

        assertThat(Memory.heap(jstat)).isEqualTo(10);
    }

    @Test
    void aMailThatBringsAFreshCodeIsToldByIt() {
        assertThat(SmtpSink.code("Type this code on the p=\nage: 123456\n")).contains("123456");
        assertThat(SmtpSink.code("Order 123456")).isEmpty();
    }

    @Test
    void aLinkIsFoundThoughQuotedPrintableBreaksIt() {
        String code = "a".repeat(68);
        String mail =
                "Approve: http://localhost:8080/decide/" + code.substring(0, 30) + "=\n" + code.substring(30) + "\n";

        assertThat(SmtpSink.links(mail)).isEqualTo("http://localhost:8080/decide/" + code);
        assertThat(SmtpSink.links("no link")).isEqualTo("-");
    }
}
