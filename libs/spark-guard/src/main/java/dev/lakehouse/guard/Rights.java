package dev.lakehouse.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.ExperimentalMethods;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.classic.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a session may do. It hangs on the session as a rule of the optimizer that changes nothing: code alone can put it
 * there, no setting can, and Spark copies it to the sessions that it clones (for a cache or a stream) but not to new ones.
 */
final class Rights extends Rule<LogicalPlan> {
    private static final Rights ALL = new Rights(null);
    private static final Rights NONE = new Rights(new ThriftUser("nobody", null, Set.of()));

    private final ThriftUser user;

    private Rights(ThriftUser user) {
        this.user = user;
    }

    /** Those that the session was given; else all where Connect opened it, and none where nobody knows it. */
    static Rights of(SparkSession session) {
        for (Rule<LogicalPlan> rule : CollectionConverters.asJava(session.experimental().extraOptimizations())) {
            if (rule instanceof Rights rights) {
                return rights;
            }
        }
        return ConnectSessions.contain(session) ? give(session, ALL) : NONE;
    }

    static void give(SparkSession session, ThriftUser user) {
        give(session, new Rights(user));
    }

    private static Rights give(SparkSession session, Rights rights) {
        ExperimentalMethods methods = session.experimental();
        List<Rule<LogicalPlan>> rules = new ArrayList<>(CollectionConverters.asJava(methods.extraOptimizations()));
        rules.add(rights);
        methods.extraOptimizations_$eq(CollectionConverters.asScala(rules).toSeq());
        return rights;
    }

    boolean unlimited() {
        return user == null;
    }

    ThriftUser user() {
        return user;
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        return plan;
    }
}
