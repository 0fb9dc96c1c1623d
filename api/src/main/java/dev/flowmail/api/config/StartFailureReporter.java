package dev.flowmail.api.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Says why the start has failed, and nothing else; Boot's own reporter, which frames it, is silenced by its logger's name. */
final class StartFailureReporter implements FailureAnalysisReporter {

    @Override
    public void report(FailureAnalysis failure) {
        System.err.println("flowmail: " + failure.getDescription().strip());
        @Nullable String remedy = failure.getAction();
        if (remedy != null && !remedy.isBlank()) {
            System.err.println(remedy.strip());
        }
    }
}
