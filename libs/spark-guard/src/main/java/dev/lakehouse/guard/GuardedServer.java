package dev.lakehouse.guard;

import org.apache.hadoop.hive.conf.HiveConf;
import org.apache.hive.service.cli.session.SessionManager;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.hive.thriftserver.HiveThriftServer2;
import org.apache.spark.sql.hive.thriftserver.ReflectionUtils$;
import org.apache.spark.sql.hive.thriftserver.SparkSQLCLIService;
import org.apache.spark.sql.hive.thriftserver.server.SparkSQLOperationManager;

/** Spark's Thrift Server, put together with our front door and operations. */
final class GuardedServer extends HiveThriftServer2 {
    private final SparkSession session;
    private final ThriftUsers users;
    private SparkSQLCLIService service;
    private FrontDoor door;

    GuardedServer(SparkSession session, ThriftUsers users) {
        super(session);
        this.session = session;
        this.users = users;
    }

    @Override
    public void init(HiveConf settings) {
        service = new SparkSQLCLIService(this, session);
        service.init(settings);
        SessionManager sessions = service.getSessionManager();
        VisibleOperations operations =
            new VisibleOperations(users, (SparkSQLOperationManager) sessions.getOperationManager());
        ReflectionUtils$.MODULE$.setSuperField(sessions, "operationManager", operations);
        door = new FrontDoor(service, users, operations);
        door.init(settings);
    }

    @Override
    public void start() {
        service.start();
        door.start();
    }

    @Override
    public void stop() {
        door.stop();
        service.stop();
    }
}
