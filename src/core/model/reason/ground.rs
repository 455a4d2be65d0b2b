//! Which place lies in which, which group is part of which, and what shares nothing.

/// The trees of places and of groups of a dossier. Places and groups go by their indexes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ground {
    /// Places, by `part_of`.
    pub places: Tree,
    /// Groups: actors, by `part_of`.
    pub groups: Tree,
}

/// Things of which each lies in one larger thing at most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tree {
    parents: Vec<Option<u32>>,
    /// Of each, whether those that lie in it directly share nothing with one another.
    divides: Vec<bool>,
}

/// Trees are not that deep: further up there is a circle, which was reported.
const DEEPEST: usize = 64;

impl Tree {
    /// Of each thing: what it lies in, and whether its own parts share nothing.
    pub fn new(things: impl IntoIterator<Item = (Option<u32>, bool)>) -> Self {
        let (parents, divides) = things.into_iter().unzip();
        Self { parents, divides }
    }

    /// What a thing lies in directly.
    pub fn parent(&self, of: u32) -> Option<u32> {
        self.parents.get(of as usize).copied().flatten()
    }

    /// A thing and all that it lies in, from the smallest.
    pub fn path(&self, of: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(of), |at| self.parent(*at)).take(DEEPEST)
    }

    /// Whether the one is the other or lies in it.
    pub fn within(&self, part: u32, whole: u32) -> bool {
        self.path(part).any(|at| at == whole)
    }

    /// Whether the two are known to share nothing: they lie in different parts of a whole that says so of its parts.
    pub fn disjoint(&self, one: u32, other: u32) -> bool {
        let (a, b): (Vec<_>, Vec<_>) = (self.path(one).collect(), self.path(other).collect());
        let Some((i, whole)) = a.iter().enumerate().find(|(_, at)| b.contains(at)) else { return false };
        let j = b.iter().position(|at| at == whole).unwrap_or(0);
        let divided = self.divides.get(*whole as usize).copied().unwrap_or_default();
        i > 0 && j > 0 && divided
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn what_lies_in_what() {
        // 0 Russia (its parts share nothing): 1 Kursk region: 2 Sudzha, 3 Rylsk (nothing said); 4 Belgorod. 5 elsewhere.
        let parents = [None, Some(0), Some(1), Some(1), Some(0), None];
        let tree = Tree::new(parents.into_iter().zip([true, false, false, false, false, false]));
        assert!(tree.within(2, 0) && tree.within(2, 2) && !tree.within(0, 2) && !tree.within(5, 0));
        assert!(tree.disjoint(1, 4) && tree.disjoint(2, 4) && tree.disjoint(4, 3));
        assert!(!tree.disjoint(2, 3), "nobody said that the parts of the region share nothing");
        assert!(!tree.disjoint(0, 2) && !tree.disjoint(2, 2) && !tree.disjoint(5, 2));
    }

    #[test]
    fn a_circle_ends() {
        let tree = Tree::new([(Some(1), true), (Some(0), true)]);
        assert!(tree.within(0, 1) && tree.within(1, 0));
    }
}
