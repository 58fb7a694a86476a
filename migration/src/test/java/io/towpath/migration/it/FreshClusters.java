package io.towpath.migration.it;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** A test that is repeated gets clusters on which its topics and servers do not exist yet. */
public final class FreshClusters implements TestExecutionListener {

    private boolean failed;

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        failed |= result.getStatus() == TestExecutionResult.Status.FAILED;
    }

    /** Repeats are a plan of their own. */
    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (failed) {
            failed = false;
            TwoClusters.endShared();
        }
    }
}
