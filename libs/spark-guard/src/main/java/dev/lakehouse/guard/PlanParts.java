package dev.lakehouse.guard;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.types.DataType;
import scala.Product;
import scala.collection.Iterable;
import scala.collection.Iterator;

/**
 * All operators, expressions and table names of a plan, wherever they stand: children, subqueries, common table
 * expressions, the plan inside an EXPLAIN. It looks into every field, so that no kind of node can hide one.
 */
final class PlanParts {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Consumer<Object> visitor;

    private PlanParts(Consumer<Object> visitor) {
        this.visitor = visitor;
    }

    static void visit(Object plan, Consumer<Object> visitor) {
        new PlanParts(visitor).part(plan);
    }

    private void part(Object part) {
        if (part instanceof TreeNode<?> node) {
            node(node);
        } else if (part instanceof TableIdentifier) {
            visitor.accept(part);
        } else if (part instanceof DataType) {
            return;
        } else if (part instanceof Iterable<?> parts) {
            each(parts.iterator());
        } else if (part instanceof Product product && seen.add(part)) {
            each(product.productIterator());
        }
    }

    private void node(TreeNode<?> node) {
        if (!seen.add(node)) {
            return;
        }
        visitor.accept(node);
        if (node instanceof LogicalRelation || node instanceof LogicalRDD || node instanceof LocalRelation) {
            return;
        }
        each(node.productIterator());
        each(node.children().iterator());
        each(node.innerChildren().iterator());
    }

    private void each(Iterator<?> parts) {
        while (parts.hasNext()) {
            part(parts.next());
        }
    }
}
