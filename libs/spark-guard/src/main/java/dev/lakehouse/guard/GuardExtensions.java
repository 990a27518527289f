package dev.lakehouse.guard;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.classic.SparkSession;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** The last name in `spark.sql.extensions`, so that its parser sees statements before all others. */
public final class GuardExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        extensions.injectParser((session, parser) -> new GuardedParser((SparkSession) session, parser));
        extensions.injectCheckRule(session -> new AnalysisGuard((SparkSession) session));
        return BoxedUnit.UNIT;
    }
}
