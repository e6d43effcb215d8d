package dev.opencode4j.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test method, or all test methods of a class, once for each certified version of OpenCode.
 *
 * <p>Methods may have parameters of type {@link dev.opencode4j.testkit.real.RealOpenCode}, {@link
 * dev.opencode4j.testkit.model.ScriptedModel} (the one behind that server) and {@link
 * dev.opencode4j.testkit.real.OpenCodeVersion}; the constructor of an annotated class may have them too.
 *
 * <pre>{@code
 * @EachRealVersion
 * void answers(RealOpenCode server, ScriptedModel model) { ... }
 * }</pre>
 *
 * <p>A version's server and model are started with the first test that needs them, are shared by all tests of the JVM
 * and closed after the last one. So a test uses sessions, markers and {@code #hold} names of its own, changes nothing
 * else, and starts a private {@link dev.opencode4j.testkit.real.RealOpenCode} when it wants to kill it.
 *
 * <p>Where a version is not installed and npm cannot install it, its tests are aborted with a message that says how to
 * get it, which is also written to the standard error once; if the environment has {@code OPENCODE4J_REQUIRE_REAL=1}
 * they fail instead. A server that is there and does not start fails its tests in any case.
 *
 * <p>With {@code OPENCODE4J_VERSIONS}, such as {@code latest} or {@code 1.2.27,1.19.0}, the named versions are run
 * instead of the certified ones. Any version that npm has can be named: what a test expects of a version it knows by
 * ranges ({@link dev.opencode4j.testkit.real.VersionRange}), so that a new one can be tried on the day it appears.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@TestTemplate
@ClassTemplate
@ExtendWith(RealVersionsExtension.class)
public @interface EachRealVersion {

    /** Ranges of versions, such as {@code "before 1.15"}, of which one must have the version; all if there are none. */
    String[] value() default {};

    /** Whether the newest of these versions is enough. */
    boolean newestOnly() default false;
}
