package dev.lakehouse.guard;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.hive.service.cli.CLIServiceUtils;
import org.apache.hive.service.cli.HiveSQLException;
import org.apache.hive.service.cli.OperationState;
import org.apache.hive.service.cli.SessionHandle;
import org.apache.hive.service.cli.operation.GetColumnsOperation;
import org.apache.hive.service.cli.operation.GetCrossReferenceOperation;
import org.apache.hive.service.cli.operation.GetFunctionsOperation;
import org.apache.hive.service.cli.operation.GetPrimaryKeysOperation;
import org.apache.hive.service.cli.operation.GetSchemasOperation;
import org.apache.hive.service.cli.operation.MetadataOperation;
import org.apache.hive.service.cli.operation.Operation;
import org.apache.hive.service.cli.session.HiveSession;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.hive.thriftserver.ReflectionUtils$;
import org.apache.spark.sql.hive.thriftserver.server.SparkSQLOperationManager;

/** What clients ask for without SQL, such as JDBC's getTables: schemas, tables and columns that the user may see. */
final class VisibleOperations extends SparkSQLOperationManager {
    // Matches no schema; an empty pattern would match all.
    private static final String NOTHING = "-";

    private final ThriftUsers users;

    VisibleOperations(ThriftUsers users, SparkSQLOperationManager original) {
        this.users = users;
        // Spark's class looks for the first in its superclass, which for this one is Spark's class itself.
        Map<?, Operation> operations = ReflectionUtils$.MODULE$.getAncestorField(this, 2, "handleToOperation");
        ReflectionUtils$.MODULE$.setSuperField(this, "handleToOperation", operations);
        ConcurrentHashMap<SessionHandle, SparkSession> sessions = original.sessionToContexts();
        ReflectionUtils$.MODULE$.setSuperField(this, "sessionToContexts", sessions);
    }

    @Override
    public GetSchemasOperation newGetSchemasOperation(HiveSession session, String catalog, String schema) {
        return super.newGetSchemasOperation(session, catalog, visible(session, schema));
    }

    @Override
    public MetadataOperation newGetTablesOperation(
            HiveSession session, String catalog, String schema, String table, List<String> types) {
        return super.newGetTablesOperation(session, catalog, visible(session, schema), table, types);
    }

    @Override
    public GetColumnsOperation newGetColumnsOperation(
            HiveSession session, String catalog, String schema, String table, String column) {
        return super.newGetColumnsOperation(session, catalog, visible(session, schema), table, column);
    }

    @Override
    public GetFunctionsOperation newGetFunctionsOperation(
            HiveSession session, String catalog, String schema, String function) {
        return super.newGetFunctionsOperation(session, catalog, visible(session, schema), function);
    }

    /** None: Spark would ask a Hive metastore that is not there. */
    @Override
    public GetPrimaryKeysOperation newGetPrimaryKeysOperation(
            HiveSession session, String catalog, String schema, String table) {
        return remembered(new GetPrimaryKeysOperation(session, catalog, schema, table) {
            @Override
            public void runInternal() throws HiveSQLException {
                setState(OperationState.RUNNING);
                setState(OperationState.FINISHED);
            }
        });
    }

    /** None, as with primary keys. */
    @Override
    public GetCrossReferenceOperation newGetCrossReferenceOperation(
            HiveSession session,
            String catalog,
            String schema,
            String table,
            String foreignCatalog,
            String foreignSchema,
            String foreignTable) {
        return remembered(new GetCrossReferenceOperation(
                session, catalog, schema, table, foreignCatalog, foreignSchema, foreignTable) {
            @Override
            public void runInternal() throws HiveSQLException {
                setState(OperationState.RUNNING);
                setState(OperationState.FINISHED);
            }
        });
    }

    private synchronized <T extends Operation> T remembered(T operation) {
        handleToOperation().put(operation.getHandle(), operation);
        return operation;
    }

    /** The user's schemas that a pattern matches, as a pattern: alternatives are Spark's own extension of patterns. */
    private String visible(HiveSession session, String pattern) {
        ThriftUser user = users.find(session.getUserName());
        String expression = CLIServiceUtils.patternToRegex(pattern == null || pattern.isEmpty() ? "%" : pattern);
        String schemas = user == null ? "" : user.schemas().stream()
            .filter(schema -> schema.matches("(?i)" + expression))
            .collect(Collectors.joining("|"));
        return schemas.isEmpty() ? NOTHING : schemas;
    }
}
