package dev.lakehouse.guard;

import java.util.Map;
import org.apache.hive.service.cli.CLIService;
import org.apache.hive.service.cli.HiveSQLException;
import org.apache.hive.service.cli.SessionHandle;
import org.apache.hive.service.cli.thrift.ThriftBinaryCLIService;
import org.apache.hive.service.rpc.thrift.TCloseSessionReq;
import org.apache.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.hive.service.rpc.thrift.TStatusCode;
import org.apache.spark.sql.SparkSession;
import org.apache.thrift.TException;

/** Opens sessions: takes no settings from a client, and gives each session the rights of its user before its first statement. */
final class FrontDoor extends ThriftBinaryCLIService {
    private static final String DATABASE = "use:database";
    // hive-jdbc always sends it; it means the client's own buffer.
    private static final String FETCH_SIZE = "set:hiveconf:hive.server2.thrift.resultset.default.fetch.size";

    private final ThriftUsers users;
    private final VisibleOperations operations;

    FrontDoor(CLIService service, ThriftUsers users, VisibleOperations operations) {
        super(service);
        this.users = users;
        this.operations = operations;
    }

    @Override
    public TOpenSessionResp OpenSession(TOpenSessionReq request) throws TException {
        Map<String, String> settings = request.isSetConfiguration() ? request.getConfiguration() : Map.of();
        for (String name : settings.keySet()) {
            if (!name.equals(DATABASE) && !name.equals(FETCH_SIZE)) {
                return refused(new Refusal("LH4003", "The setting " + name + " was refused: a connection can name a user, "
                    + "a password and a database only. Leave it out of the connection string."));
            }
        }
        String database = settings.get(DATABASE);
        // Spark would take settings for its own, for Hive's and for the whole Java virtual machine's.
        request.unsetConfiguration();
        TOpenSessionResp response = super.OpenSession(request);
        if (response.getStatus().getStatusCode() != TStatusCode.SUCCESS_STATUS) {
            return response;
        }
        try {
            prepare(new SessionHandle(response.getSessionHandle()), database);
            return response;
        } catch (Exception e) {
            CloseSession(new TCloseSessionReq(response.getSessionHandle()));
            return refused(e);
        }
    }

    private void prepare(SessionHandle handle, String database) throws HiveSQLException {
        String name = cliService.getSessionManager().getSession(handle).getUserName();
        ThriftUser user = users.find(name);
        if (user == null) {
            throw new Refusal("LH4002", "The login was refused: the user is unknown, or the password is wrong.");
        }
        SparkSession session = operations.sessionToContexts().get(handle);
        // Statements would otherwise read `${env:…}`, and files as in select … from csv.`/path`.
        session.conf().set("spark.sql.variable.substitute", "false");
        session.conf().set("spark.sql.runSQLOnFiles", "false");
        Rights.give((org.apache.spark.sql.classic.SparkSession) session, user);
        if (database != null) {
            session.sql("use `" + database.replace("`", "``") + "`");
        }
    }

    private static TOpenSessionResp refused(Exception reason) {
        TOpenSessionResp response = new TOpenSessionResp();
        response.setStatus(HiveSQLException.toTStatus(new HiveSQLException(reason.getMessage(), Refusal.SQL_STATE)));
        return response;
    }
}
