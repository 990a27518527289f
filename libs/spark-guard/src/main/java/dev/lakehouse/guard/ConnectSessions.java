package dev.lakehouse.guard;

import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import scala.jdk.javaapi.CollectionConverters;

/** The sessions that Spark Connect opened in this Java virtual machine. */
final class ConnectSessions {
    private ConnectSessions() {}

    static boolean contain(SparkSession session) {
        try {
            return CollectionConverters.asJava(SparkConnectService$.MODULE$.sessionManager().listActiveSessions())
                .stream()
                .anyMatch(opened -> opened.serverSessionId().equals(session.sessionUUID()));
        } catch (LinkageError withoutConnect) {
            return false;
        }
    }
}
