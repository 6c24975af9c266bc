#include "scoring/core/rules/relation_keys.h"

namespace jixiao::scoring {
namespace {

KeysOfRelation KeysOf(const v1::Relation& relation) {
  KeysOfRelation keys;
  for (const v1::Term& term : relation.left()) keys.left.push_back(FindKeys(term.fact()));
  for (const v1::Term& term : relation.right()) keys.right.push_back(FindKeys(term.fact()));
  if (relation.has_stated()) keys.stated = FindKeys(relation.stated());
  if (relation.has_scale()) keys.scale = FindKeys(relation.scale());
  if (relation.has_for_each()) keys.for_each = FindKeys(relation.for_each());
  const KeyPattern& compared = keys.stated ? *keys.stated : keys.left.front();
  if (!compared.families->empty()) keys.unit = ScaleOf({compared.families->front(), 0});
  return keys;
}

}  // namespace

RelationKeys KeysOfRelations(const v1::RuleSet& rule_set) {
  RelationKeys keys;
  keys.reserve(static_cast<size_t>(rule_set.relations_size()));
  for (const v1::Relation& relation : rule_set.relations()) keys.push_back(KeysOf(relation));
  return keys;
}

}  // namespace jixiao::scoring
