package dev.lakehouse.guard;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The users of the Thrift Server, from a properties file: `bi.secret=/run/secrets/thrift-bi`, `bi.schemas=gold,ops`. */
final class ThriftUsers {
    private static final Set<String> KEYS = Set.of("secret", "schemas");
    // HiveServer2 cuts a name at `/` and `@`, so such a name would be another user's after the login.
    private static final String NAME = "[a-z][a-z0-9_-]*";

    private static final String FILE = "/opt/lakehouse/conf/thrift-users.properties";

    private static ThriftUsers configured;

    private final Map<String, ThriftUser> users;

    private ThriftUsers(Map<String, ThriftUser> users) {
        this.users = users;
    }

    /** Those of the file that LAKEHOUSE_THRIFT_USERS names, read once. */
    static synchronized ThriftUsers configured() {
        if (configured == null) {
            configured = read(Path.of(System.getenv().getOrDefault("LAKEHOUSE_THRIFT_USERS", FILE)));
        }
        return configured;
    }

    static ThriftUsers read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw wrong(file, "cannot be read: " + e, "Write it, or name another file in LAKEHOUSE_THRIFT_USERS.");
        }
        Map<String, ThriftUser> users = new LinkedHashMap<>();
        for (String name : names(file, properties.stringPropertyNames())) {
            String secret = properties.getProperty(name + ".secret", "").strip();
            Set<String> schemas = schemas(properties.getProperty(name + ".schemas", ""));
            if (secret.isEmpty() || schemas.isEmpty()) {
                throw wrong(file, "does not say all of user " + name, "Give both " + name + ".secret and " + name + ".schemas.");
            }
            users.put(name, new ThriftUser(name, Path.of(secret), schemas));
        }
        return new ThriftUsers(users);
    }

    /** The user of that name, or null. */
    ThriftUser find(String name) {
        return name == null ? null : users.get(name);
    }

    private static Set<String> names(Path file, Set<String> keys) {
        Set<String> names = new TreeSet<>();
        for (String key : keys) {
            int dot = key.lastIndexOf('.');
            String name = key.substring(0, Math.max(dot, 0));
            if (!name.matches(NAME) || !KEYS.contains(key.substring(dot + 1))) {
                throw wrong(file, "has the key " + key, "Keys are <user>.secret and <user>.schemas, names match " + NAME + ".");
            }
            names.add(name);
        }
        if (names.isEmpty()) {
            throw wrong(file, "names no user", "Add <user>.secret and <user>.schemas.");
        }
        return names;
    }

    private static Set<String> schemas(String list) {
        return Stream.of(list.split(","))
            .map(schema -> schema.strip().toLowerCase(Locale.ROOT))
            .filter(schema -> !schema.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private static IllegalStateException wrong(Path file, String what, String fix) {
        return new IllegalStateException("LH4004 " + file + " " + what + ". " + fix);
    }
}
