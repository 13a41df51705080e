package dev.stampede.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Reads YAML strictly: scalars are text as written, and every error is one line. */
public final class YamlFile {

  /** Larger than 20,000 sales with long descriptions. */
  private static final long MAX_BYTES = 64L << 20;

  private YamlFile() {}

  /**
   * The content of a file; an empty mapping where it is empty. Every scalar is the text that stands
   * there, digit by digit: {@code 3.10}, {@code 1e3} and {@code true} are text too.
   *
   * @throws ConfigException if it cannot be read, is not UTF-8, or is not YAML; names the file, and
   *     the line where there is one
   */
  public static JsonNode read(Path file) {
    return new YamlTree(file.toString(), text(file)).root();
  }

  private static String text(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new ConfigException(file + ": is a folder; expected a file");
      }
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new ConfigException(file + ": has " + size + " bytes; at most " + MAX_BYTES);
      }
      return decode(file, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + ": no such file");
    } catch (AccessDeniedException e) {
      throw new ConfigException(file + ": this user may not read it");
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot be read: " + e.getMessage());
    }
  }

  private static String decode(Path file, byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new ConfigException(file + ": " + notUtf8(bytes, in.position()));
    }
    String text = out.flip().toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text; // the mark of some editors
  }

  private static String notUtf8(byte[] bytes, int at) {
    int line = 1;
    for (int i = 0; i < at; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return String.format(
        Locale.ROOT,
        "line %d: not UTF-8: byte 0x%02X at offset %d%s; save the file as UTF-8",
        line,
        bytes[at],
        at,
        isUtf16(bytes) ? " (it is UTF-16)" : "");
  }

  private static boolean isUtf16(byte[] bytes) {
    int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    return first == 0xfffe || first == 0xfeff;
  }
}
