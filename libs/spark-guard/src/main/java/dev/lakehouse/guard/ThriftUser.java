package dev.lakehouse.guard;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Who may log in: the file that holds the password, and the schemas that are visible. */
record ThriftUser(String name, Path secret, Set<String> schemas) {
    boolean sees(String schema) {
        return schemas.contains(schema.toLowerCase(Locale.ROOT));
    }
}
