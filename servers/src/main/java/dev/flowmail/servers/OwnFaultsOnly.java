package dev.flowmail.servers;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * A test that waits does not fail for what another one's thread throws: tests run side by side, and Awaitility would have each wait
 * end with any failure that no thread caught.
 */
public final class OwnFaultsOnly implements TestExecutionListener {

    @Override
    public void testPlanExecutionStarted(TestPlan tests) {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }
}
