#include "intake/testing/store/in_memory_submission_store.h"

#include "intake/testing/store/submission_store_contract.h"

namespace jixiao::intake::testing {
namespace {

StoreUnderTest MakeInMemoryStore() { return {nullptr, std::make_unique<InMemorySubmissionStore>()}; }

INSTANTIATE_TEST_SUITE_P(InMemory, SubmissionStoreContract, ::testing::Values(MakeInMemoryStore));

}  // namespace
}  // namespace jixiao::intake::testing
