package dev.lakehouse.guard;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParameterContext;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.util.StringUtils;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.command.ShowNamespacesCommand;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Judges a statement as soon as it is parsed: scripts, EXECUTE IMMEDIATE, CALL and subqueries in AS OF run during the
 * analysis and are gone from its result, and a name that may not be seen is not even looked up.
 */
final class GuardedParser implements ParserInterface {
    private final SparkSession session;
    private final ParserInterface inner;

    GuardedParser(SparkSession session, ParserInterface inner) {
        this.session = session;
        this.inner = inner;
    }

    @Override
    public LogicalPlan parsePlan(String text) throws ParseException {
        return judged(inner.parsePlan(text));
    }

    @Override
    public LogicalPlan parsePlanWithParameters(String text, ParameterContext parameters) throws ParseException {
        return judged(inner.parsePlanWithParameters(text, parameters));
    }

    private LogicalPlan judged(LogicalPlan plan) {
        Rights rights = Rights.of(session);
        if (rights.unlimited()) {
            return plan;
        }
        if (plan instanceof ShowNamespacesCommand show) {
            return visibleSchemas(rights.user(), show);
        }
        Judge.judge(rights.user(), session.sessionState().catalog().getCurrentDatabase(), plan);
        return plan;
    }

    /** SHOW SCHEMAS lists those alone that the user may see. */
    private LogicalPlan visibleSchemas(ThriftUser user, ShowNamespacesCommand show) {
        List<String> visible = CollectionConverters.asJava(session.sessionState().catalog().listDatabases())
            .stream()
            .filter(user::sees)
            .toList();
        Seq<String> matching = CollectionConverters.asScala(visible).toSeq();
        if (show.pattern().isDefined()) {
            matching = StringUtils.filterPattern(matching, show.pattern().get());
        }
        List<Row> rows = CollectionConverters.asJava(matching).stream().map(name -> RowFactory.create(name)).toList();
        return LocalRelation.fromExternalRows(show.output(), CollectionConverters.asScala(rows).toSeq());
    }

    @Override
    public Expression parseExpression(String text) throws ParseException {
        return inner.parseExpression(text);
    }

    @Override
    public TableIdentifier parseTableIdentifier(String text) throws ParseException {
        return inner.parseTableIdentifier(text);
    }

    @Override
    public FunctionIdentifier parseFunctionIdentifier(String text) throws ParseException {
        return inner.parseFunctionIdentifier(text);
    }

    @Override
    public Seq<String> parseMultipartIdentifier(String text) throws ParseException {
        return inner.parseMultipartIdentifier(text);
    }

    /** The text of a view, which its author wrote: what it reads is judged in the analysed plan. */
    @Override
    public LogicalPlan parseQuery(String text) throws ParseException {
        return inner.parseQuery(text);
    }

    @Override
    public StructType parseRoutineParam(String text) throws ParseException {
        return inner.parseRoutineParam(text);
    }

    @Override
    public StructType parseTableSchema(String text) throws ParseException {
        return inner.parseTableSchema(text);
    }

    @Override
    public DataType parseDataType(String text) throws ParseException {
        return inner.parseDataType(text);
    }
}
