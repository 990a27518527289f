package dev.lakehouse.guard;

import org.apache.spark.SparkThrowable;

/** Something that a client may not do. Its code is documented in docs/problems.md. */
final class Refusal extends RuntimeException implements SparkThrowable {
    /** The SQL standard's "insufficient privilege". */
    static final String SQL_STATE = "42501";

    Refusal(String code, String message) {
        // Without a stack trace: the Thrift Server sends it to the client.
        super(code + " " + message, null, false, false);
    }

    @Override
    public String getCondition() {
        return null;
    }

    @Override
    public String getSqlState() {
        return SQL_STATE;
    }

    @Override
    public String toString() {
        return getMessage();
    }
}
