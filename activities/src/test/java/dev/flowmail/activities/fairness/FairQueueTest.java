package dev.flowmail.activities.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private final FairQueue<Ticket> queue = new FairQueue<>();

    private record Ticket(String tenant, int rank, int number) implements Claim {}

    @Test
    void whoHasTheFewestAdmittedComesFirstAndEqualsTakeTurns() {
        wait("one", 1, 4);
        wait("two", 1, 2);

        assertThat(admit(6)).containsExactly("one 0", "two 0", "one 1", "two 1", "one 2", "one 3");
    }

    @Test
    void whoHadTheLastTurnWaitsForTheOthersThoughNoneOfTheirsIsAdmitted() {
        wait("one", 1, 2);
        wait("two", 1, 1);
        Ticket first = admitted();

        queue.leaves(first);

        assertThat(admit(2)).containsExactly("two 0", "one 1");
    }

    @Test
    void ofOneTenantsTheOneThatMattersMostComesFirst() {
        wait("one", 3, 1);
        wait("one", 1, 1);

        assertThat(admitted().rank()).isEqualTo(1);
    }

    @Test
    void whoCannotBeAdmittedIsPassedOver() {
        wait("one", 1, 1);
        wait("two", 2, 1);

        assertThat(queue.next(claim -> claim.rank() == 2))
                .extracting(Ticket::tenant)
                .isEqualTo("two");
        assertThat(queue.next(claim -> false)).isNull();
    }

    @Test
    void roomIsSharedByWhoWaitsInIt() {
        wait("one", 1, 8);

        assertThat(queue.hasPlaceFor(new Ticket("one", 1, 8), 8, 0)).isFalse();
        assertThat(queue.hasPlaceFor(new Ticket("one", 1, 8), 9, 0)).isTrue();
        assertThat(queue.hasPlaceFor(new Ticket("two", 1, 0), 8, 0)).isTrue();

        wait("two", 1, 4);
        assertThat(queue.hasPlaceFor(new Ticket("two", 1, 4), 8, 0))
                .as("it has its half")
                .isFalse();
        assertThat(queue.hasPlaceFor(new Ticket("one", 1, 8), 14, 0)).isTrue();
        assertThat(queue.hasPlaceFor(new Ticket("one", 1, 8), 14, 2))
                .as("others wait elsewhere")
                .isFalse();
        assertThat(queue.hasPlaceFor(new Ticket("two", 2, 0), 8, 0))
                .as("what matters otherwise has a share of its own")
                .isTrue();
    }

    private void wait(String tenant, int rank, int number) {
        for (int each = 0; each < number; each++) {
            queue.waits(new Ticket(tenant, rank, each));
        }
    }

    private List<String> admit(int number) {
        List<String> order = new ArrayList<>();
        for (int each = 0; each < number; each++) {
            Ticket next = admitted();
            order.add(next.tenant() + " " + next.number());
        }
        return order;
    }

    private Ticket admitted() {
        Ticket next = Objects.requireNonNull(queue.next(claim -> true));
        queue.enters(next);
        queue.waitsNoMore(next);
        return next;
    }
}
