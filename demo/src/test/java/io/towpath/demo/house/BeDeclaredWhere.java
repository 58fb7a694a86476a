package io.towpath.demo.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A test method's class, or the outermost class around it, ends in Test or IT; abstract contracts are free. */
final class BeDeclaredWhere extends ArchCondition<JavaMethod> {

    private BeDeclaredWhere() {
        super("be declared in a class whose name ends in Test or IT");
    }

    static BeDeclaredWhere theRunnerLooks() {
        return new BeDeclaredWhere();
    }

    @Override
    public void check(JavaMethod method, ConditionEvents events) {
        JavaClass owner = method.getOwner();
        while (owner.getEnclosingClass().isPresent()) {
            owner = owner.getEnclosingClass().get();
        }
        boolean found =
                owner.getSimpleName().endsWith("Test") || owner.getSimpleName().endsWith("IT");
        boolean contract = owner.isInterface() || owner.getModifiers().contains(JavaModifier.ABSTRACT);
        if (!found && !contract) {
            events.add(SimpleConditionEvent.violated(method, method.getFullName() + " is never run"));
        }
    }
}
