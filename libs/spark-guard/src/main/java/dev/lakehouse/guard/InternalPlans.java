package dev.lakehouse.guard;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LeafNode;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.delta.DeltaLogFileIndex;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;

/** Plans that Delta runs in a user's session to find a table's files. No statement can name what they read. */
final class InternalPlans {
    private InternalPlans() {}

    static boolean matches(LogicalPlan plan) {
        AtomicBoolean log = new AtomicBoolean();
        AtomicBoolean other = new AtomicBoolean();
        PlanParts.visit(plan, part -> {
            if (part instanceof Command) {
                other.set(true);
            } else if (part instanceof LeafNode leaf) {
                (isLog(leaf) ? log : other).compareAndSet(false, isLog(leaf) || !isConstant(leaf));
            }
        });
        return log.get() && !other.get();
    }

    private static boolean isLog(LeafNode leaf) {
        return leaf instanceof LogicalRDD
            || leaf instanceof LogicalRelation relation
                && relation.relation() instanceof HadoopFsRelation files
                && files.location() instanceof DeltaLogFileIndex;
    }

    private static boolean isConstant(LeafNode leaf) {
        return leaf instanceof LocalRelation || leaf instanceof OneRowRelation || leaf instanceof Range;
    }
}
