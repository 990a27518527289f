package dev.lakehouse.guard;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.CommandExecutionMode$;
import org.apache.spark.sql.execution.command.ExplainCommand;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** Judges every plan of a session after its analysis, when views and names are resolved and before anything is read. */
final class AnalysisGuard extends AbstractFunction1<LogicalPlan, BoxedUnit> {
    private final SparkSession session;

    AnalysisGuard(SparkSession session) {
        this.session = session;
    }

    @Override
    public BoxedUnit apply(LogicalPlan plan) {
        Rights rights = Rights.of(session);
        if (rights.unlimited() || InternalPlans.matches(plan)) {
            return BoxedUnit.UNIT;
        }
        Judge.judge(rights.user(), session.sessionState().catalog().getCurrentDatabase(), plan);
        if (plan instanceof ExplainCommand explain) {
            // Its own analysis of the inner plan would report the refusal as a result.
            session.sessionState().executePlan(explain.logicalPlan(), CommandExecutionMode$.MODULE$.SKIP()).assertAnalyzed();
        }
        return BoxedUnit.UNIT;
    }
}
