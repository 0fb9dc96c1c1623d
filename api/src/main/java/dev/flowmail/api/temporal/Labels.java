package dev.flowmail.api.temporal;

import dev.flowmail.api.actions.Dispatcher.Origin;
import dev.flowmail.workflows.decision.DecisionRequest;
import io.temporal.common.Priority;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.converter.DataConverter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** By what operators find a run, and by what Temporal puts it into turns: who asked for it, and in what few words. */
final class Labels {

    /** What may stand unencrypted in a search attribute: ids as Flow makes them, and nothing else that callers write. */
    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final SearchAttributes attributes;
    private final Summaries summaries;

    Labels(SearchAttributes attributes, DataConverter converter) {
        this.attributes = attributes;
        this.summaries = new Summaries(converter);
    }

    /** Of a plain send. */
    Labelled of(Origin origin) {
        return new Labelled(origin.tenantId(), origin.stateId());
    }

    /** Of a decision. */
    Labelled of(DecisionRequest request) {
        return new Labelled(request.tenantId(), request.stateId());
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Where one request comes from, as far as it may be shown. */
    final class Labelled {
        private final @Nullable String tenant;
        private final @Nullable String state;

        private Labelled(@Nullable String tenant, @Nullable String state) {
            this.tenant = plain(tenant);
            this.state = plain(state);
        }

        /** @param urgency of {@link dev.flowmail.workflows.mail.Urgency} */
        Priority turn(int urgency) {
            return Turns.of(urgency, tenant);
        }

        /** @param counts what is told when not all of the subject fits */
        @Nullable
        String summary(String subject, String counts) {
            return summaries.of(subject, counts + (state == null ? "" : ", flow " + state));
        }

        /** Those that the server knows. */
        io.temporal.common.SearchAttributes.Builder searchAttributes() {
            var builder = io.temporal.common.SearchAttributes.newBuilder();
            set(builder, SearchAttributes.TENANT, tenant);
            set(builder, SearchAttributes.STATE, state);
            return builder;
        }

        private @Nullable String plain(@Nullable String id) {
            return id != null && PLAIN_ID.matcher(id).matches() ? id : null;
        }
    }

    /** Sets one where there is a value, and the server knows the attribute. */
    <T> void set(io.temporal.common.SearchAttributes.Builder builder, SearchAttributeKey<T> key, @Nullable T value) {
        if (value != null && attributes.has(key)) {
            builder.set(key, value);
        }
    }
}
