package dev.lakehouse.guard;

import java.lang.reflect.Method;
import org.apache.hadoop.hive.conf.HiveConf;
import org.apache.hadoop.hive.conf.HiveConf.ConfVars;
import org.apache.hive.service.server.HiveServer2;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.hive.HiveUtils$;
import org.apache.spark.sql.hive.thriftserver.HiveThriftServer2;
import org.apache.spark.sql.hive.thriftserver.HiveThriftServer2$;
import org.apache.spark.sql.hive.thriftserver.SparkSQLEnv;
import org.apache.spark.util.ShutdownHookManager;
import scala.runtime.BoxedUnit;

/** Starts Spark's Thrift Server with login, front door and read-only rule; where one of them is missing, nothing is opened. */
public final class QueryServer {
    private QueryServer() {}

    public static void main(String[] arguments) {
        try {
            new HiveServer2.ServerOptionsProcessor("QueryServer").parse(arguments);
            ThriftUsers users = ThriftUsers.configured();
            check(new SparkConf());
            start(users);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void check(SparkConf settings) {
        String guard = GuardExtensions.class.getName();
        if (!settings.get("spark.sql.extensions", "").matches("(.*,)?\\s*" + guard)) {
            throw new IllegalStateException("LH4004 The query server would let everyone read and write all. "
                + "Write " + guard + " as the last name into spark.sql.extensions.");
        }
        if (settings.getBoolean("spark.sql.hive.thriftServer.singleSession", false)) {
            throw new IllegalStateException("LH4004 All users of the query server would share one session. "
                + "Remove spark.sql.hive.thriftServer.singleSession.");
        }
    }

    private static void start(ThriftUsers users) throws Exception {
        // Each login reads them anew from files and system properties; the settings below do not reach it.
        System.setProperty(ConfVars.HIVE_SERVER2_AUTHENTICATION.varname, "CUSTOM");
        System.setProperty(ConfVars.HIVE_SERVER2_CUSTOM_AUTHENTICATION_CLASS.varname, Login.class.getName());
        SparkSQLEnv.init();
        ShutdownHookManager.addShutdownHook(() -> {
            SparkSQLEnv.stop(0);
            return BoxedUnit.UNIT;
        });
        SparkSession session = (SparkSession) SparkSQLEnv.sparkSession();
        SparkContext context = session.sparkContext();
        HiveConf settings =
            HiveUtils$.MODULE$.newClientForExecution(context.conf(), session.sessionState().newHadoopConf()).conf();
        settings.setVar(ConfVars.HIVE_SERVER2_AUTHENTICATION, "CUSTOM");
        settings.setVar(ConfVars.HIVE_SERVER2_TRANSPORT_MODE, "binary");
        // All queries run as the one user whom the object store knows.
        settings.setBoolVar(ConfVars.HIVE_SERVER2_ENABLE_DOAS, false);
        HiveThriftServer2 server = new GuardedServer(session, users);
        server.init(settings);
        listen(server, context);
        server.start();
        if (context.isStopped()) {
            throw new IllegalStateException("LH4004 Spark stopped while the query server started. See what it logged above.");
        }
    }

    /** Private in Spark, which does it after the start; opening a session already needs it. */
    private static void listen(HiveThriftServer2 server, SparkContext context) throws ReflectiveOperationException {
        Method create =
            HiveThriftServer2$.class.getDeclaredMethod("createListenerAndUI", HiveThriftServer2.class, SparkContext.class);
        create.setAccessible(true);
        create.invoke(HiveThriftServer2$.MODULE$, server, context);
    }
}
