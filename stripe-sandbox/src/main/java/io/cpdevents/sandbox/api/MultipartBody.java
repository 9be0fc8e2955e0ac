package io.cpdevents.sandbox.api;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code multipart/form-data} body: form fields and a file. The file's digest is added to the
 * parameters, so that a reused idempotency key with another file is recognized.
 */
record MultipartBody(String form, @Nullable Upload upload) {
  private static final String FILE = "file";

  /** More than Stripe accepts for any purpose. */
  private static final long MAX_PART_BYTES = 16L * 1024 * 1024;

  static MultipartBody read(HttpServletRequest request) throws IOException {
    List<String> fields = new ArrayList<>();
    Upload upload = null;
    try {
      for (Part part : request.getParts()) {
        byte[] content = content(part);
        if (part.getName().equals(FILE)) {
          upload = new Upload(part.getSubmittedFileName(), content);
          fields.add(field(FILE, digest(content)));
        } else {
          fields.add(field(part.getName(), new String(content, StandardCharsets.UTF_8)));
        }
      }
    } catch (ServletException e) {
      throw StripeRefusal.invalid(null, null, "Invalid multipart body.");
    }
    return new MultipartBody(String.join("&", fields), upload);
  }

  private static byte[] content(Part part) throws IOException {
    if (part.getSize() > MAX_PART_BYTES) {
      throw StripeRefusal.invalid(null, part.getName(), "The file is too large.");
    }
    try (InputStream content = part.getInputStream()) {
      return content.readAllBytes();
    }
  }

  private static String field(String name, String value) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8)
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
