package dev.lakehouse.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import javax.security.sasl.AuthenticationException;
import org.apache.hive.service.auth.PasswdAuthenticationProvider;

/** Logs users in with the password that stands in their secret file, read anew each time. */
public final class Login implements PasswdAuthenticationProvider {
    private final ThriftUsers users;

    public Login() {
        this(ThriftUsers.configured());
    }

    Login(ThriftUsers users) {
        this.users = users;
    }

    @Override
    public void Authenticate(String name, String password) throws AuthenticationException {
        ThriftUser user = users.find(name);
        String secret = user == null ? "" : secretOf(user);
        boolean same = MessageDigest.isEqual(bytes(secret), bytes(password == null ? "" : password));
        if (!same || secret.isEmpty()) {
            throw new AuthenticationException("LH4002 The login was refused: the user is unknown, or the password is wrong.");
        }
    }

    /** Empty where there is no secret: no password equals that. */
    private static String secretOf(ThriftUser user) {
        try {
            return Files.readString(user.secret()).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
